// M/M/1 at load 0.9 with the variates of sim/engine: a loop around std::priority_queue with no more than it needs, so
// nothing to cancel and no table of handlers. Counts the integral of the number in the system.
#include "common.hpp"
#include <queue>

enum Kind : int32_t { arrival, departure };
struct Event {
  int64_t time;
  uint32_t order;
  Kind kind;
};
struct Later {
  bool operator()(const Event &a, const Event &b) const {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }
};

int main() {
  Random arrivals("mm1/arrivals"), services("mm1/services");
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  uint32_t order = 0;
  int64_t length = 0, since = 0, area = 0, now = 0;
  queue.push({0, order++, arrival});
  report([&] {
    const int64_t end = now + 2000000000;
    int64_t operations = 0;
    for (; queue.top().time <= end; operations++) {
      Event event = queue.top();
      queue.pop();
      area += length * (event.time - since);
      since = event.time;
      length += event.kind == arrival ? 1 : -1;
      if (event.kind == arrival ? length == 1 : length > 0)
        queue.push({event.time + rounded(services.exponential() * 9000), order++, departure});
      if (event.kind == arrival)
        queue.push({event.time + rounded(arrivals.exponential() * 10000), order++, arrival});
    }
    now = end;
    return operations;
  }, [&] { return area; });
}
