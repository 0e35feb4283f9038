// Has a name whose conversion to JSON loops.
// Outcome: allowed
// At build: timeout or invalid

// @ts-nocheck
export default {
  name: {
    toJSON() {
      for (;;);
    },
  },
  check() {},
};
