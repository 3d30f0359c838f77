// A thousand scripts that sleep, as C++20 coroutines.
#include "simulator.hpp"
#include <coroutine>

struct Script {
  struct promise_type {
    Script get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::abort(); }
  };
};

struct World {
  Simulator sim;
  std::vector<int64_t> increments = std::vector<int64_t>(1 << 20);
  std::vector<std::coroutine_handle<>> waiting = std::vector<std::coroutine_handle<>>(1000);
  int wake;
  uint32_t k = 0;
  int32_t sum = 0;
};

struct Sleep {
  World &world;
  int64_t duration;
  int32_t row;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    world.waiting[row] = handle;
    world.sim.in(duration, world.wake, row);
  }
  void await_resume() {}
};

static Script sleeper(World &world, int32_t row) {
  for (;;) {
    co_await Sleep{world, world.increments[world.k++ & 0xfffff], row};
    world.sum = mixed(world.sum, row);
  }
}

int main() {
  World world;
  Random random("scripts");
  for (auto &x : world.increments) x = rounded(random.exponential() * 1e6);
  world.wake = world.sim.kind([](void *context, int32_t row) { ((World *)context)->waiting[row].resume(); }, &world);
  for (int i = 0; i < 1000; i++) sleeper(world, i);
  report([&] { return world.sim.run(world.sim.now + 400000000); }, [&] { return world.sum; });
}
