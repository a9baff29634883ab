import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, freePort, pidOf, startChild, waitForPort } from '@/bench/processes.ts'
import { answerBody, chatPath, jsonHeaders, type Peer } from './peer.ts'

/** `proxy_pass` with keep-alive connections to the upstream: the yardstick. */
export const nginx: Peer = {
  name: 'nginx',
  async start({ jsonPort, streamPort }, folder) {
    const port = await freePort()
    const child = await startNginx(folder, 'proxy', port, proxyServer(port, jsonPort, streamPort))
    if (child === null) return { missing: 'nginx is not installed (Debian: apt-get install nginx-light)' }
    const origin = `http://127.0.0.1:${port}`
    return {
      pid: pidOf(child),
      json: { origin, path: chatPath, headers: jsonHeaders },
      stream: { origin, path: `/stream${chatPath}`, headers: jsonHeaders },
    }
  },
}

/** The fixed completion from nginx, so that no proxy waits for its upstream. Null without nginx. */
export async function startNginxUpstream(folder: string): Promise<number | null> {
  const port = await freePort()
  const server = `server {
      listen 127.0.0.1:${port} backlog=4096;
      default_type application/json;
      location / { return 200 '${answerBody}'; }
    }`
  return (await startNginx(folder, 'rest', port, server)) === null ? null : port
}

async function startNginx(folder: string, place: 'proxy' | 'rest', port: number, server: string) {
  const program = findProgram('nginx')
  if (program === null) return null
  const home = join(folder, `nginx-${place}`)
  mkdirSync(home, { recursive: true })
  const file = join(home, 'nginx.conf')
  writeFileSync(file, configuration(home, server))
  const child = startChild([program, '-p', home, '-c', file, '-e', join(home, 'error.log')], { place })
  await waitForPort(port)
  return child
}

function configuration(home: string, server: string): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
  daemon off;
  # One process, so that its CPU time and memory are those of the whole.
  master_process off;
  pid ${home}/nginx.pid;
  error_log ${home}/error.log warn;
  events { worker_connections 8192; }
  http {
    access_log off;
    keepalive_requests 10000000;
    keepalive_timeout 120s;
    ${folders.map((name) => `${name}_temp_path ${home}/${name};`).join('\n    ')}
    ${server}
  }
`
}

function proxyServer(port: number, jsonPort: number, streamPort: number): string {
  return `
    upstream json { server 127.0.0.1:${jsonPort}; keepalive 128; keepalive_requests 10000000; }
    upstream stream { server 127.0.0.1:${streamPort}; keepalive 128; keepalive_requests 10000000; }
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    server {
      listen 127.0.0.1:${port} backlog=4096;
      location / { proxy_pass http://json; }
      location /stream/ { proxy_pass http://stream; proxy_buffering off; }
    }`
}
