/** What somebody may mean, and what is said of it. */
export type Suggestion = { readonly value: string; readonly description?: string }
