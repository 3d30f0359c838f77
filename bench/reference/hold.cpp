// The hold model on std::priority_queue: takes the first of n events and puts it back an increment later.
// Equal times come out in the order in which they were put in, as in sim/engine.
#include "common.hpp"
#include <queue>

struct Event {
  int64_t time;
  uint64_t order;
  int32_t kind, row;
};
struct Later {
  bool operator()(const Event &a, const Event &b) const {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }
};

static double increment(const std::string &law, Random &random) {
  if (law == "exponential") return random.exponential() * 1e6;
  if (law == "pareto") return std::exp(random.exponential() / 1.1) * 1e5;
  if (law == "bimodal") {
    double near = random.uniform();
    return near < 0.9 ? random.uniform() * 1e5 : (1 + random.uniform()) * 1e7;
  }
  return 1e6;
}

int main(int, char **argv) {
  const std::string law = argv[1];
  const int n = std::atoi(argv[2]);
  const int operations = n < 1000000 ? 400000 : 300000;
  Random random("hold/" + law);
  std::vector<int64_t> increments(1 << 20);
  for (auto &x : increments) x = rounded(increment(law, random));
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  uint64_t order = 0, k = 0;
  int32_t sum = 0;
  for (int i = 0; i < n; i++) {
    int64_t start = law == "equal" ? 0 : law == "constant" ? rounded(random.uniform() * 1e6) : increments[k++ & 0xfffff];
    queue.push({start, order++, 0, i});
  }
  report([&] {
    for (int i = 0; i < operations; i++) {
      Event event = queue.top();
      queue.pop();
      sum = mixed(sum, event.row);
      queue.push({event.time + increments[k++ & 0xfffff], order++, 0, event.row});
    }
    return operations;
  }, [&] { return sum; });
}
