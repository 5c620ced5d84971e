# Writes OUT only when it changes, so that a build without a new commit compiles nothing.
set(commit unknown)
find_program(GIT git)
if(GIT)
  execute_process(COMMAND ${GIT} -C ${SOURCE} describe --always --dirty --abbrev=12 --match=NoTags
    OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${found})
  endif()
endif()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT [[
// What was built, written by the build.
#pragma once
#define RASSOFLOW_VERSION "@VERSION@"
#define RASSOFLOW_COMMIT "@commit@"
]])
