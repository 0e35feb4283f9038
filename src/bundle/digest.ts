/** SHA-256 in hex. The evaluator never calls this: to load what it takes costs 40 ms there. */
export function sha256(data: string | Uint8Array): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(data).digest("hex");
}
