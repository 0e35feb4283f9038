// Replaces JSON, arrays and texts while it is loaded, before check has been called.
// Outcome: denied

// @ts-nocheck
JSON.parse = () => ({ domain: {} });
JSON.stringify = () => '{"kept":[],"dropped":0}';
Object.defineProperty = () => ({});
Array.prototype.push = () => 0;
Object.prototype.deny = () => undefined;
String.prototype.slice = () => "";

export default {
  name: "replaces-what-loads-it",
  check({ deny }) {
    deny("all the same");
  },
};
