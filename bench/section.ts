/** One part of the benchmark: what is printed, and the same as data. */
export interface Section {
  readonly title: string
  /** Markdown. */
  readonly text: string
  readonly data: unknown
}
