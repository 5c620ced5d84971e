// What the program returns to the shell.
#pragma once

namespace rassoflow {

enum ExitCode : int {
  ok = 0,
  failed = 1,
  usage = 2,
  invalid_scenario = 3,
  interrupted = 130,
};

}  // namespace rassoflow
