/** Prints the rows under the head, the first column to the left and the others to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  '))
  }
}

export function whole(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en-US')
}

export function fine(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : value.toFixed(Math.abs(value) < 10 ? 2 : 1)
}
