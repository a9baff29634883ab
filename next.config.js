import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'

/** Sent with every response; the page policy with its nonce is added in `proxy.ts`. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

/** Answers that are not pages: nothing in them may load, run or be framed. */
const apiHeaders = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  },
]

/** @returns {import('next').NextConfig} */
export default function config(phase) {
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    compiler: {
      define: { SWITCHYARD_DEVELOPMENT: phase === PHASE_DEVELOPMENT_SERVER },
    },
    headers: async () => [
      { source: '/:path*', headers },
      { source: '/api/v1/:path*', headers: apiHeaders },
    ],
  }
}
