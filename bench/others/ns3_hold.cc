// The hold model of bench/hold.ts in ns-3: n events, each of which schedules itself again after an exponential time.
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>
#include "ns3/simulator.h"
#include "ns3/nstime.h"

static std::vector<double> delays(1 << 20);
static std::size_t held = 0;

static void Hold() {
  ns3::Simulator::Schedule(ns3::MicroSeconds(static_cast<std::int64_t>(delays[held++ & 0xfffff])), &Hold);
}

int main(int, char** argv) {
  const long count = std::atol(argv[1]);
  std::mt19937_64 chance(1);
  std::exponential_distribution<double> law(1e-6);
  for (auto& delay : delays) delay = law(chance);
  for (long i = 0; i < count; i++) Hold();
  const double span = 20000.0 / count * 1e6;
  const auto run = [&](int parts) {
    for (int i = 0; i < parts; i++) {
      ns3::Simulator::Stop(ns3::MicroSeconds(static_cast<std::int64_t>(span)));
      ns3::Simulator::Run();
    }
  };
  run(3);
  const auto before = held;
  const auto start = std::clock();
  run(10);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("{\"rate\": %f, \"check\": 0}\n", (held - before) / seconds);
}
