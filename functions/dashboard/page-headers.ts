// What a browser lets the dashboard's page do: run its own script, nothing that stands in the page, and ask nobody but
// this app. No other page may frame it or hold on to its window.
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // It may be kept, for it holds no data; whether it is still the app's own is asked each time.
  'cache-control': 'no-cache',
} as const;
