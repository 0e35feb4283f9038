import { EngineFailure } from "./engine-failure.ts";

/**
 * What some work of a policy gives; whatever of its doing the sandbox cannot cope with is its own failure, and hides no
 * other's denial.
 *
 * @throws EngineFailure as the work does.
 */
export async function safely<T>(work: () => Promise<T>, failed: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    return failed;
  }
}
