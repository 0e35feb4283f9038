import type ivm from "isolated-vm";

/** The descriptor on which the wall opens isolated-vm's addon. */
const ADDON_DESCRIPTOR = 8;

/**
 * Loads isolated-vm. Its own loader looks for files by path, which a user that may not enter the product's folder
 * cannot do; the wall has opened the addon on a descriptor instead.
 *
 * @throws Error of the dynamic linker, such as a missing GLIBCXX version.
 * @see isolated-vm.js in the isolated-vm package
 */
export function loadIsolatedVm(): typeof ivm {
  loaded ??= load();
  return loaded;
}

/** The addon cannot be loaded twice. */
let loaded: typeof ivm | undefined;

function load(): typeof ivm {
  const module: { exports: { ivm?: typeof ivm } } = { exports: {} };
  process.dlopen(module, `/proc/self/fd/${ADDON_DESCRIPTOR}`);
  if (module.exports.ivm === undefined) throw new Error("isolated-vm's addon has no export named ivm");
  return module.exports.ivm;
}
