import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eventually, freePort } from '../../../test/journey/program.ts'

export type Nginx = Readonly<{ url: string; stop(): void }>

/** nginx as a plain file server of that folder: one worker, sendfile, its access log on, because ours counts too. */
export async function startNginx(folder: string, served: string): Promise<Nginx> {
  const port = await freePort()
  const home = path.join(folder, 'nginx')
  await mkdir(path.join(home, 'tmp'), { recursive: true })
  await writeFile(path.join(home, 'nginx.conf'), configuration(port, served))
  const child = spawn('nginx', ['-p', home, '-c', path.join(home, 'nginx.conf')], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await eventually(5, () => isThere(child, url))
  return { url, stop: () => void child.kill('SIGTERM') }
}

async function isThere(child: ChildProcess, url: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error('nginx did not start')
  return fetch(url).then(
    () => true,
    () => false,
  )
}

const configuration = (port: number, served: string) => `
daemon off; worker_processes 1; pid nginx.pid; error_log error.log warn; user root;
events { worker_connections 4096; }
http {
  access_log access.log; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  client_body_temp_path tmp/b; proxy_temp_path tmp/p; fastcgi_temp_path tmp/f; uwsgi_temp_path tmp/u; scgi_temp_path tmp/s;
  types { audio/mpeg mp3; }
  server { listen 127.0.0.1:${port}; root ${served}; }
}
`
