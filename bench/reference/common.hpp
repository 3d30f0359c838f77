// What the references share: the random generator and the variates of sim/engine, to the bit, and a clock.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

/// Baagøe's Alea as in seedrandom.
class Alea {
  double c = 1, s0, s1, s2;
  struct Mash {
    double n = 0xefc8249d;
    double operator()(const std::string &data) {
      for (unsigned char letter : data) {
        n += letter;
        double h = 0.02519603282416938 * n;
        n = (uint32_t)h;
        h -= n;
        h *= n;
        n = (uint32_t)h;
        h -= n;
        n += h * 0x100000000;
      }
      return (uint32_t)(int64_t)n * 2.3283064365386963e-10;
    }
  };

public:
  explicit Alea(const std::string &seed) {
    Mash mash;
    s0 = mash(" ");
    s1 = mash(" ");
    s2 = mash(" ");
    for (double *s : {&s0, &s1, &s2}) {
      *s -= mash(seed);
      if (*s < 0) *s += 1;
    }
  }
  double next() {
    double t = 2091639 * s0 + c * 2.3283064365386963e-10;
    s0 = s1;
    s1 = s2;
    c = (double)(int32_t)t;
    return s2 = t - c;
  }
};

/// Exponential variates by the ziggurat of sim/engine/ziggurat.ts.
class Random {
  Alea alea;
  static constexpr double tail = 7.69711747013105, area = 3.949659822581572e-3;
  double edges[257], heights[257];

public:
  explicit Random(const std::string &seed) : alea(seed) {
    edges[0] = area / std::exp(-tail);
    edges[1] = tail;
    for (int i = 2; i < 256; i++) edges[i] = -std::log(std::exp(-edges[i - 1]) + area / edges[i - 1]);
    edges[256] = 0;
    for (int i = 0; i <= 256; i++) heights[i] = std::exp(-edges[i]);
  }
  double uniform() { return alea.next(); }
  double exponential() {
    double base = 0;
    for (;;) {
      uint32_t bits = (uint32_t)(int64_t)(alea.next() * 4294967296.0);
      int layer = bits & 255;
      double x = ((bits >> 8) + 0.5) * 0x1p-24 * edges[layer];
      if (x < edges[layer + 1]) return base + x;
      if (layer == 0) base += tail;
      else if (heights[layer] + alea.next() * (heights[layer + 1] - heights[layer]) < std::exp(-x)) return base + x;
    }
  }
};

/// As JavaScript's Math.round.
inline int64_t rounded(double x) { return (int64_t)std::floor(x + 0.5); }

/// An order-dependent sum, to see that two programs did the same.
inline int32_t mixed(int32_t sum, int32_t value) { return (int32_t)((uint32_t)sum * 31u + (uint32_t)value); }

/// Seconds of processor time, which other processes do not add to.
inline double now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/// Runs a warm-up of three parts and then ten, each of which says how many operations it did; prints the operations per
/// second of processor time of all ten, and the check.
template <class Part, class Check> void report(Part part, Check check) {
  for (int i = 0; i < 3; i++) part();
  double start = now(), operations = 0;
  for (int i = 0; i < 10; i++) operations += (double)part();
  double rate = operations / (now() - start);
  std::printf("{\"rate\": %.1f, \"check\": %.17g}\n", rate, (double)check());
}
