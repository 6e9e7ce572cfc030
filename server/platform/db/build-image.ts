/** Step of the build: makes the image of an empty embedded database unless it is there already. */
import { existsSync } from 'node:fs';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { buildImage, imagePath } from './image.ts';

const { cacheDir } = readConfig(process.env);
if (!existsSync(await imagePath(cacheDir))) await buildImage(cacheDir, createLog('warn'));
