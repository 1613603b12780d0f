/* Shapes of object storage. */
#ifndef NSELF_OBJECTS_H
#define NSELF_OBJECTS_H

#include "values.h"
#include "body.h"

NSELF_BEGIN

typedef struct nself_object {
  nself_string bucket;
  nself_string key;
  nself_string content_type;
  nself_string etag;
  uint64_t size;        /* UINT64_MAX: not known */
  uint64_t modified_at; /* unix time */
  nself_fields metadata;
} nself_object;

typedef struct nself_object_range {
  uint64_t offset;
  uint64_t length; /* UINT64_MAX: to the end */
} nself_object_range;

typedef struct nself_object_page {
  const nself_object *objects;
  size_t object_count;
  nself_strings prefixes;
  nself_string next; /* empty: this is the last page */
} nself_object_page;

NSELF_END

#endif /* NSELF_OBJECTS_H */
