// Exports null as its policy.
// Outcome: exception
// At build: no-default-export

// @ts-nocheck
export default null;
