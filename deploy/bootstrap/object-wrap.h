// Keeps the objects of an addon from aborting Node 24.19 and later when they are collected (nodejs/node#65446): there
// node::ObjectWrap registers a hook for each, and takes it back where no context is entered. Earlier ones had no such hooks.
#include <node.h>
#define AddEnvironmentCleanupHook(...) static_cast<void>(0)
#define RemoveEnvironmentCleanupHook(...) static_cast<void>(0)
#include <node_object_wrap.h>
#undef AddEnvironmentCleanupHook
#undef RemoveEnvironmentCleanupHook
