import { hostname } from "node:os";
import type { Audited } from "../audit/audit.ts";
import type { HtmlReport } from "../audit/html/report.ts";
import { ReportFile } from "../audit/report-file.ts";
import type { Tally } from "../audit/tally.ts";
import type { Bundle } from "../bundle/bundle.ts";

/** What a report says of its audit. */
interface About {
  readonly bundle: Bundle;
  /** As the user named them. */
  readonly places: readonly string[];
  /** Of virt-warden. */
  readonly version: string;
}

/** The page that `audit --html` writes. */
export class AuditReport implements Disposable {
  readonly #file: ReportFile;
  readonly #page: HtmlReport;
  readonly #about: About;
  readonly #at = new Date();

  private constructor(file: ReportFile, page: HtmlReport, about: About) {
    this.#file = file;
    this.#page = page;
    this.#about = about;
  }

  /** @throws {UserError} where it cannot be written there. */
  static async start(file: string, about: About): Promise<AuditReport> {
    // its style and script are texts that only the built program holds
    const { HtmlReport } = await import("../audit/html/report.ts");
    return new AuditReport(new ReportFile(file, "<!doctype html>"), new HtmlReport(), about);
  }

  add(audited: Audited): void {
    this.#page.add(audited);
  }

  /** @throws {UserError} where it cannot be written; an older report is then still there. */
  write(tally: Tally): void {
    const { bundle, places, version } = this.#about;
    const descriptions = new Map(
      bundle.manifest.policies.flatMap(({ name, description }) =>
        description === undefined ? [] : [[name, description] as const],
      ),
    );
    const facts = { host: hostname(), at: this.#at, digest: bundle.digest, version, places, descriptions };
    this.#file.write(this.#page.text(facts, tally));
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }
}
