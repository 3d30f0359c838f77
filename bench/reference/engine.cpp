// The whole engine: n rows, each with its next event; eight kinds; for every ninth event a time-out that is cancelled.
#include "simulator.hpp"

struct World {
  Simulator sim;
  std::vector<int64_t> increments = std::vector<int64_t>(1 << 20);
  std::vector<int32_t> state;
  std::vector<int64_t> counts = std::vector<int64_t>(8);
  std::vector<Simulator::Timer> timeouts = std::vector<Simulator::Timer>(16, ~0ull);
  int kinds[8];
  uint32_t k = 0, oldest = 0;

  template <int kind> static void happen(void *context, int32_t row) {
    World &world = *(World *)context;
    world.state[row] = mixed(world.state[row], kind);
    world.counts[kind]++;
    uint32_t k = world.k++;
    world.sim.in(world.increments[k & 0xfffff], world.kinds[(row + k) & 7], row);
    if (k % 9 == 0) {
      Simulator::Timer &timeout = world.timeouts[world.oldest++ & 15];
      world.sim.cancel(timeout);
      timeout = world.sim.in(4000000, world.kinds[row & 7], row);
    }
  }
};

template <int... kind> static void registerAll(World &world, std::integer_sequence<int, kind...>) {
  ((world.kinds[kind] = world.sim.kind(World::happen<kind>, &world)), ...);
}

int main(int, char **argv) {
  const int n = std::atoi(argv[1]);
  const int64_t span = (n < 1000000 ? 400000000000 : 300000000000) / n;
  World world;
  world.state.resize(n);
  Random random("engine");
  for (auto &x : world.increments) x = rounded(random.exponential() * 1e6);
  registerAll(world, std::make_integer_sequence<int, 8>());
  for (int i = 0; i < n; i++) world.sim.in(world.increments[world.k++ & 0xfffff], world.kinds[i & 7], i);
  report([&] { return world.sim.run(world.sim.now + span); }, [&] {
    int32_t sum = 0;
    for (int32_t x : world.state) sum = mixed(sum, x);
    return sum;
  });
}
