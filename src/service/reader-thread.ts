/**
 * The listener's second thread: reads a document by both readers, and tells whether they find the same tree in it. It runs
 * the same code on the same bytes, so that what it confirms is the tree that the listener found.
 */
import { parentPort } from "node:worker_threads";
import { parseXml } from "../xml/parse.ts";

parentPort?.on("message", (bytes: Uint8Array) => parentPort?.postMessage(isConfirmed(bytes)));

function isConfirmed(bytes: Uint8Array): boolean {
  try {
    parseXml(bytes);
    return true;
  } catch {
    return false;
  }
}
