// Loaded before the program: settings may stand in .env. What the environment already has wins.
import { existsSync } from 'node:fs';

if (existsSync('.env')) process.loadEnvFile('.env');
