export { ConfigError, type ConfigSection, Flag, presetSettings, readConfig, refuseUnknownSettings, withDefaults } from './config.js';
