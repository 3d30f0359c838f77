"""M/M/1 at load 0.9 in SimPy 2, as its own examples have it: a process for each customer, and a resource."""
import json
import random
import time

from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

chance = random.Random(1)
sim = Simulation()
server = Resource(sim=sim)
events = 0


class Customer(Process):
    def visit(self):
        global events
        yield request, self, server
        yield hold, self, chance.expovariate(1 / 9_000)
        yield release, self, server
        events += 1


class Source(Process):
    def run(self):
        global events
        while True:
            yield hold, self, chance.expovariate(1 / 10_000)
            events += 1
            customer = Customer(sim=sim)
            sim.activate(customer, customer.visit())


class Marker(Process):
    """Notes where the warm-up ends: a simulation of SimPy 2 runs once."""

    def run(self, warm_up):
        global before, start
        yield hold, self, warm_up
        before, start = events, time.process_time()


source = Source(sim=sim)
sim.activate(source, source.run())
marker = Marker(sim=sim)
sim.activate(marker, marker.run(1e8))
sim.simulate(until=5e8)
print(json.dumps({"rate": (events - before) / (time.process_time() - start), "check": 0}))
