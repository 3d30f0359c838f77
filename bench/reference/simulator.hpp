// The same simulator over std::priority_queue: equal times in order of scheduling, timers that know their generation,
// cancelled events dropped when they come to the front, kinds through a table of handlers.
#pragma once
#include "common.hpp"
#include <queue>

class Simulator {
public:
  using Handler = void (*)(void *context, int32_t row);
  using Timer = uint64_t;

  int64_t now = 0;
  int64_t executed = 0;

  int kind(Handler handler, void *context) {
    handlers.push_back({handler, context});
    return (int)handlers.size() - 1;
  }
  Timer at(int64_t time, int kind, int32_t row) {
    if (time < now) std::abort();
    uint32_t slot;
    if (free.empty()) {
      slot = (uint32_t)records.size();
      records.push_back({0, 0, 0});
    } else {
      slot = free.back();
      free.pop_back();
    }
    Record &record = records[slot];
    record.kind = kind;
    record.row = row;
    queue.push({time, order++, slot, record.generation});
    return (uint64_t)record.generation << 32 | slot;
  }
  Timer in(int64_t delay, int kind, int32_t row) { return at(now + delay, kind, row); }
  void cancel(Timer timer) {
    uint32_t slot = (uint32_t)timer, generation = timer >> 32;
    if (slot >= records.size() || records[slot].generation != generation) return;
    release(slot);
  }
  /// Runs the events up to `end`; says how many.
  int64_t run(int64_t end) {
    const int64_t before = executed;
    while (!queue.empty() && queue.top().time <= end) {
      Event event = queue.top();
      queue.pop();
      Record record = records[event.slot];
      if (record.generation != event.generation) continue;
      release(event.slot);
      now = event.time;
      executed++;
      handlers[record.kind].handler(handlers[record.kind].context, record.row);
    }
    now = end;
    return executed - before;
  }

private:
  struct Event {
    int64_t time;
    uint64_t order;
    uint32_t slot, generation;
  };
  struct Later {
    bool operator()(const Event &a, const Event &b) const {
      return a.time != b.time ? a.time > b.time : a.order > b.order;
    }
  };
  struct Record {
    uint32_t generation;
    int32_t kind, row;
  };
  struct Registered {
    Handler handler;
    void *context;
  };
  void release(uint32_t slot) {
    records[slot].generation++;
    free.push_back(slot);
  }
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  std::vector<Record> records;
  std::vector<uint32_t> free;
  std::vector<Registered> handlers;
  uint64_t order = 0;
};
