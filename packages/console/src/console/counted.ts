// Numbers of things, in words.

/** `1 policy`, `3 policies`, `2,000 users` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
