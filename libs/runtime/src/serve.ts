import 'reflect-metadata';
import type { Server } from 'node:http';
import { type INestApplication, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BusServer } from '#libs/bus';
import { ConfigError, readConfig } from '#libs/config';
import { exitWithParent } from '#libs/embedded';
import { Fault } from '#libs/faults';
import { logger, nestLogger, observeProcess, setLogLevel, startMetrics, startTracing, TelemetryConfig } from '#libs/telemetry';
import { addressFault, partsOf } from './address.js';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { listen } from './listening.js';
import { PRODUCT_VERSION } from './product-version.js';
import { RuntimeConfig } from './runtime.config.js';
import { RuntimeModule } from './runtime.module.js';

const STOP_TIMEOUT_MS = 10_000;

/** A public door: what an app that has one does to the HTTP server before it listens, and where it listens. */
export interface Door {
  configure(app: NestExpressApplication): void | Promise<void>;
  bind: string;
}

export interface Running {
  /** Base URL this process answers at. */
  url: string;
  stop(): Promise<void>;
}

/** Runs modules as one process on the configured bus and database. Resolves once it takes traffic. */
export async function run(name: string, modules: readonly Type[], door?: Door): Promise<Running> {
  const telemetry = readConfig(TelemetryConfig);
  setLogLevel(telemetry.AI_MEMORY_LOG_LEVEL);
  const tracing = startTracing(`ai-memory-${name}`, telemetry.OTEL_EXPORTER_OTLP_ENDPOINT);
  startMetrics(`ai-memory-${name}`);
  observeProcess(name, PRODUCT_VERSION);
  const { module, transport, deadLetters } = await RuntimeModule.bind(name);

  @Module({ imports: [module, ...modules], controllers: [HealthController], providers: [Draining] })
  class ProcessModule {}

  const app = await NestFactory.create<NestExpressApplication>(ProcessModule, { logger: nestLogger, bodyParser: false, abortOnError: false });
  app.connectMicroservice({ strategy: new BusServer(transport, deadLetters) });
  const url = await open(app, door).catch(async (error: unknown) => {
    await stop(app, tracing).catch(() => undefined);
    throw error;
  });
  logger.info({ service: name, url }, 'Serving');
  return { url, stop: () => drain(app).then(() => stop(app, tracing)) };
}

/** `run`, for a process of its own: says what is wrong in plain words, and stops on SIGTERM, SIGINT or the loss of its parent. */
export async function serve(name: string, module: Type, door?: () => Door): Promise<void> {
  try {
    const running = await run(name, [module], door?.());
    stopOnSignals(running.stop);
  } catch (error) {
    failStart(error);
  }
}

/** Runs `stop` once at the first signal, then exits 0, or 1 where it fails or takes ten seconds longer than draining does. */
export function stopOnSignals(stop: () => Promise<void>): void {
  const timeoutMs = STOP_TIMEOUT_MS + readConfig(RuntimeConfig).AI_MEMORY_DRAIN_SECONDS * 1_000;
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), timeoutMs).unref();
    stop().then(() => process.exit(0), () => process.exit(1));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  exitWithParent();
}

/** A failure at start is for a person at a terminal: one clear text and exit code 1 (2 for configuration). Where it, and the way out, are known, that is all. */
export function failStart(error: unknown): never {
  const isConfig = error instanceof ConfigError;
  const text = error instanceof Fault ? error.sentence : error instanceof Error ? error.message : String(error);
  process.stderr.write(`ai-memory: ${text}\n`);
  if (!isConfig && !(error instanceof Fault)) logger.error({ err: error }, 'The start failed');
  process.exit(isConfig ? 2 : 1);
}

async function open(app: NestExpressApplication, door: Door | undefined): Promise<string> {
  const draining = app.get(Draining);
  app.use(draining.closeConnections.bind(draining));
  await door?.configure(app);
  await app.startAllMicroservices();
  return listenAt(app, door?.bind ?? readConfig(RuntimeConfig).AI_MEMORY_OPS_BIND);
}

/** Resolves to the base URL. */
async function listenAt(app: INestApplication, bind: string): Promise<string> {
  const { host, port: wanted } = partsOf(bind);
  // Apart, since what fails here is no matter of the address.
  await app.init();
  const port = await listen(app.getHttpServer() as Server, host, wanted).catch((error: NodeJS.ErrnoException) => {
    throw addressFault(bind, error);
  });
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function drain(app: INestApplication): Promise<void> {
  return app.get(Draining).begin(readConfig(RuntimeConfig).AI_MEMORY_DRAIN_SECONDS);
}

async function stop(app: INestApplication, tracing: { stop(): Promise<void> }): Promise<void> {
  await app.close();
  await tracing.stop().catch(() => undefined);
}
