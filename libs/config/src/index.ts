export { ConfigError, type ConfigSection, environmentWith, Flag, presetSettings, readConfig, refuseUnknownSettings } from './config.js';
