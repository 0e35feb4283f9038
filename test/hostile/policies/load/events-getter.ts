// Has a list of events that loops when it is read.
// Outcome: allowed
// At build: timeout

// @ts-nocheck
export default {
  name: "events-getter",
  get on() {
    for (;;);
  },
  check() {},
};
