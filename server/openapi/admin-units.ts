import { z } from 'zod';
import { adminUnit } from '../contract/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, pagingShape } from './parameters.ts';
import { ASKING } from './problems.ts';
import { schemas } from './schemas.ts';

export const adminUnitPaths: readonly Operation[] = [
  {
    id: 'listAdminUnits',
    method: 'get',
    path: '/api/v1/admin-units',
    tag: 'admin-units',
    title: { vi: 'Đơn vị hành chính tại một ngày', en: 'Administrative units as at a day' },
    about: {
      vi: 'Các đơn vị có hiệu lực tại ngày `at`, theo thứ tự chữ cái tiếng Việt. Danh tính của đơn vị là (mã, ngày hiệu lực): mã được dùng lại sau sắp xếp năm 2025.',
      en: 'Units in force on the day `at`, in Vietnamese alphabetical order. A unit is identified by (code, valid_from): codes were used again in the reorganisation of 2025.',
    },
    query: {
      ...dayShape,
      level: adminUnit.shape.level.optional().describe('Level of the units / Cấp'),
      parent: z.string().max(40).optional().describe('Code of the unit above / Mã đơn vị cấp trên'),
      q: z.string().trim().min(1).max(100).optional().describe('Accent-free text in the name / Từ khoá không dấu'),
      ...pagingShape,
    },
    answers: [json(schemas.AdminUnitList), geoJson(schemas.AdminUnitFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/admin-units?at=2008-12-31&level=district&q=viet+tri' },
  },
  {
    id: 'listVintages',
    method: 'get',
    path: '/api/v1/admin-units/vintages',
    tag: 'admin-units',
    title: { vi: 'Các thời kỳ địa giới', en: 'Vintages of boundaries' },
    about: {
      vi: 'Mỗi thời kỳ là một bộ xã có hiệu lực cùng lúc; `valid_to` là ngày đầu tiên không còn hiệu lực.',
      en: 'Each vintage is a set of communes in force at the same time; `valid_to` is the first day without validity.',
    },
    answers: [json(schemas.VintageList)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/admin-units/vintages' },
  },
];
