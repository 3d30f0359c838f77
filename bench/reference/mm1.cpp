// M/M/1 at load 0.9 with the variates of sim/engine: arrivals, departures, and the integral of the number in the system.
#include "simulator.hpp"

struct Queue {
  Simulator sim;
  Random arrivals{"mm1/arrivals"}, services{"mm1/services"};
  int arrival, departure;
  int64_t length = 0, since = 0, area = 0;

  void count(int change) {
    area += length * (sim.now - since);
    since = sim.now;
    length += change;
  }
  static void arrive(void *context, int32_t) {
    Queue &queue = *(Queue *)context;
    queue.count(1);
    if (queue.length == 1) queue.serve();
    queue.sim.in(rounded(queue.arrivals.exponential() * 10000), queue.arrival, 0);
  }
  static void depart(void *context, int32_t) {
    Queue &queue = *(Queue *)context;
    queue.count(-1);
    if (queue.length > 0) queue.serve();
  }
  void serve() { sim.in(rounded(services.exponential() * 9000), departure, 0); }
};

int main() {
  const int operations = 2000000;
  Queue queue;
  queue.arrival = queue.sim.kind(Queue::arrive, &queue);
  queue.departure = queue.sim.kind(Queue::depart, &queue);
  queue.sim.in(0, queue.arrival, 0);
  report(operations, [&] { queue.sim.run(operations); }, [&] { return queue.area; });
}
