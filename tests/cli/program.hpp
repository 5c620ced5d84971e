// Runs the program as a user does and keeps what it said.
//
//   const Said said = run_program({"check", file});
//   EXPECT_EQ(said.code, 0);
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace rassoflow {

struct Said {
  int code = -1;  ///< of exit; 128 and the signal's number if one ended it
  std::string out;
  std::string err;
};

/// An interrupt, sent so long after the start.
struct Interruption {
  std::chrono::milliseconds after{0};
};

using Environment = std::vector<std::pair<std::string, std::string>>;

Said run_program(const std::vector<std::string>& arguments, const Environment& environment = {},
                 const Interruption* interruption = nullptr);

}  // namespace rassoflow
