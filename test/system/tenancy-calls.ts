import type { Place } from './replay.js';

export const API = '/api/v1';
export const CWD = '/home/dev/project';
export const PASSWORD = 'green ladder under rain';

export interface Call {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export const get = (path: string, headers?: Record<string, string>): Call => ({ method: 'GET', path, headers });
export const post = (path: string, body?: unknown): Call => ({ method: 'POST', path, body });
export const put = (path: string, body?: unknown, headers?: Record<string, string>): Call => ({ method: 'PUT', path, body, headers });
export const remove = (path: string, headers?: Record<string, string>): Call => ({ method: 'DELETE', path, headers });
/** As a browser sends one of our own pages' forms. */
export const form = (path: string, fields: Record<string, string>): Call => ({
  method: 'POST', path, body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
});
export const at = ({ workspace, project }: Place): string => `/api/v1/workspaces/${workspace}/projects/${project}`;
export const tag = (version: string): Record<string, string> => ({ 'if-match': `"${version}"` });

export function mcp(method: string, params: unknown, address = '', headers: Record<string, string> = {}): Call {
  return { method: 'POST', path: `/mcp${address}`, body: { jsonrpc: '2.0', id: 1, method, params }, headers: { accept: 'application/json, text/event-stream', ...headers } };
}

export const tool = (name: string, args: object, address?: string, headers?: Record<string, string>): Call => mcp('tools/call', { name, arguments: args }, address, headers);
