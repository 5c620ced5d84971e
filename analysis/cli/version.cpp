#include <fmt/format.h>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/option_parser.hpp"
#include "build_info.hpp"

namespace rassoflow {

std::string program_version() {
  return RASSOFLOW_VERSION;
}
std::string program_commit() {
  return RASSOFLOW_COMMIT;
}

int version_command(const Arguments& arguments) {
  OptionParser options{"version", "Prints version and commit."};
  if (const auto stop = options.parse(arguments)) return *stop;
  fmt::print("rassoflow {} ({})\n", program_version(), program_commit());
  return ExitCode::ok;
}

}  // namespace rassoflow
