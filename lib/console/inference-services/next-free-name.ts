/** `qwen_7b` taken → `qwen_7b_2`; `qwen_7b_2` taken too → `qwen_7b_3`. Stays within `lengthMax`. */
export function nextFreeName(name: string, taken: ReadonlySet<string>, lengthMax = 63): string {
  const base = name.replace(/_\d+$/, '')
  for (let number = 2; ; number++) {
    const tail = `_${number}`
    const candidate = base.slice(0, lengthMax - tail.length) + tail
    if (!taken.has(candidate)) return candidate
  }
}
