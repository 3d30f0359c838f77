"""The hold model of bench/hold.ts in SimPy 2, as Debian has it: n processes, each of which holds over and over."""
import json
import random
import sys
import time

from SimPy.Simulation import Process, Simulation, hold

count = int(sys.argv[1])
chance = random.Random(1)
delays = [chance.expovariate(1e-6) for _ in range(2**16)]
held = 0


class Holder(Process):
    def run(self, i):
        global held
        while True:
            held += 1
            i = (i + 1) & 0xFFFF
            yield hold, self, delays[i]


class Marker(Process):
    """Notes where the warm-up ends: a simulation of SimPy 2 runs once."""

    def run(self, warm_up):
        global before, start
        yield hold, self, warm_up
        before, start = held, time.process_time()


sim = Simulation()
for k in range(count):
    holder = Holder(sim=sim)
    sim.activate(holder, holder.run(k))
span = 20_000 / count * 1e6
marker = Marker(sim=sim)
sim.activate(marker, marker.run(3 * span))
sim.simulate(until=13 * span)
print(json.dumps({"rate": (held - before) / (time.process_time() - start), "check": 0}))
