// Exports a function as its policy, with a check of its own.
// Outcome: denied or exception
// At build: no-default-export

// @ts-nocheck
function policy() {}
Object.assign(policy, {
  check({ deny }) {
    deny("by a function");
  },
});
export default policy;
