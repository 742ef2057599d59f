export { ConfigError, type ConfigSection, Flag, readConfig, refuseUnknownSettings } from './config.js';
