/* The manifest as an ELF note, for plugins that embed it as a C string literal. */
#ifndef NSELF_MANIFEST_H
#define NSELF_MANIFEST_H

#include "abi.h"

/* Embeds the manifest, one JSON object in a C string literal, as an ELF note so
 * that the host reads it without running any code of the plugin. Use once. */
#define NSELF_NOTE_SECTION ".note.nself.plugin"
#define NSELF_NOTE_OWNER "nself"
#define NSELF_NOTE_TYPE_MANIFEST 1u

#define NSELF_PLUGIN_MANIFEST(json)                                            \
  __attribute__((used, aligned(4), section(NSELF_NOTE_SECTION)))               \
  static const struct {                                                        \
    uint32_t owner_size, manifest_size, type;                                  \
    char owner[8];                                                             \
    char manifest[(sizeof(json) + 3) / 4 * 4];                                 \
  } nself_plugin_manifest_note = {                                             \
      sizeof(NSELF_NOTE_OWNER), sizeof(json), NSELF_NOTE_TYPE_MANIFEST,        \
      NSELF_NOTE_OWNER, json}

#endif /* NSELF_MANIFEST_H */
