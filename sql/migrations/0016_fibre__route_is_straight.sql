-- Spans that only have a course because their two nodes have places: they look like a survey and are none.
alter table fibre_span add column route_is_straight boolean not null default false;
comment on column fibre_span.route_is_straight is 'True when the file gave no course and the span is drawn straight between its nodes.';
