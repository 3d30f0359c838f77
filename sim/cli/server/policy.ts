/** What the page may do: run its own scripts and workers, and fetch from where it came. It sends nothing anywhere. */
const served = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** The Content-Security-Policy of the page that is served, or of another that differs from it in some sources. */
export const policy = (other: Partial<typeof served> = {}): string =>
  Object.entries({...served, ...other})
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
