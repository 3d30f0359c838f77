// Two hundred thousand events are scheduled, cancelled in another order, and cleared away.
#include "simulator.hpp"

int main() {
  const int operations = 200000;
  Simulator sim;
  int64_t happened = 0;
  int kind = sim.kind([](void *context, int32_t) { ++*(int64_t *)context; }, &happened);
  Random random("cancel");
  std::vector<int64_t> delays(operations);
  for (auto &x : delays) x = rounded(random.exponential() * 1e6);
  std::vector<Simulator::Timer> timers(operations);
  report([&] {
    for (int i = 0; i < operations; i++) timers[i] = sim.in(delays[i], kind, i);
    for (int i = 0; i < operations; i++) sim.cancel(timers[(int)((int64_t)i * 7919 % operations)]);
    sim.run(sim.now + 30000000);
    return operations;
  }, [&] { return happened; });
}
