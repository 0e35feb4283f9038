/** Labels of a sample. */
export type Labels = Readonly<Record<string, string>>;

/** A value of a metric. */
export interface Sample {
  /** What is put after the family's name, such as `_bucket`; a counter's `_total` and an info's `_info` are not told. */
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}

/** A metric with all its samples. */
export interface Family {
  /** Without `_total` or `_info`; with its unit, where it has one. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "info";
  readonly unit?: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}
