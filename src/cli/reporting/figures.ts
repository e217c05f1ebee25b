/** `98% of 3,400 cuts proven`; without cuts that there were none. */
export function provenText(cuts: { readonly requested: number; readonly proven: number }): string {
  if (cuts.requested === 0) return 'no cuts'
  // Rounded down: 100% is said only where every cut was proven.
  const share = Math.floor((100 * cuts.proven) / cuts.requested)
  return `${share}% of ${cuts.requested.toLocaleString('en-US')} cuts proven`
}

/** `812 cases/s`; below ten with one decimal. */
export function rateText(casesPerSecond: number): string {
  if (!Number.isFinite(casesPerSecond)) return '- cases/s'
  const figure = casesPerSecond < 10 ? casesPerSecond.toFixed(1) : Math.round(casesPerSecond).toLocaleString('en-US')
  return `${figure} cases/s`
}

/** `0.4 s`, `12.3 s`, `4 min 10 s`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}
