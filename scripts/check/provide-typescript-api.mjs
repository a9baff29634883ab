import { createRequire, Module, register } from 'node:module'

/**
 * The native TypeScript compiler has no API yet, and dependency-cruiser reads TypeScript through that API.
 * Whoever asks for "typescript" in this process gets the last JavaScript release of it.
 */
export function provideTypescriptApi() {
  const require = createRequire(import.meta.url)
  const api = require.resolve('@typescript/typescript6')
  const manifest = require.resolve('@typescript/typescript6/package.json')
  const original = Module._resolveFilename
  Module._resolveFilename = function resolveFilename(request, ...rest) {
    if (request === 'typescript/package.json') return manifest
    if (request === 'typescript') return api
    return original.call(this, request, ...rest)
  }
  register(`data:text/javascript,${encodeURIComponent(esmHook(api))}`)
}

/** @param {string} api */
function esmHook(api) {
  return `
    import { pathToFileURL } from 'node:url'
    const url = pathToFileURL(${JSON.stringify(api)}).href
    export const resolve = (specifier, context, next) =>
      specifier === 'typescript' ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context)
  `
}
