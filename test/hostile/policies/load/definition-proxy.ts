// Defines itself by a proxy all of whose traps throw a proxy like it.
// Outcome: exception
// At build: exception

// @ts-nocheck
const fail = () => {
  throw definition;
};
const definition = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail });
export default definition;
