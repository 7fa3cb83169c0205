// Explains pictures with grpc++ and the classes that protoc generates; build.sh makes both.
//
//   ./build.sh build
//   build/explain HOST:PORT models/ID TARGET IMAGE...
//
// TARGET is an output's name, or concept:ID. One image is a unary call, several go through one stream. Prints a line of JSON
// for each image: its name and the raw scores of its CDAM map. Faults go to standard error, with their google.rpc details.
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "cdam/v1/explainer_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

using namespace cdam::v1;

constexpr int kLimit = 64 << 20;  // as the server's; gRPC accepts 4 MiB unless told otherwise

ExplainRequest Request(const std::string& model, const std::string& target, const std::string& image) {
  static const std::string kConcept = "concept:";
  std::ifstream file(image, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + image);
  ExplainRequest request;
  request.set_model(model);
  request.mutable_image()->set_encoded(std::string(std::istreambuf_iterator<char>(file), {}));
  if (target.rfind(kConcept, 0) == 0) {
    request.add_targets()->set_concept_id(target.substr(kConcept.size()));
  } else {
    request.add_targets()->set_output(target);
  }
  return request;
}

void Print(const std::string& image, const Map& map) {
  std::cout.precision(std::numeric_limits<float>::max_digits10);  // every bit comes back from the text
  std::cout << "{\"image\": \"" << image << "\", \"scores\": [";
  for (int i = 0; i < map.scores_size(); i++) std::cout << (i ? ", " : "") << map.scores(i);
  std::cout << "]}\n";
}

template <class Detail>
void PrintIf(const google::protobuf::Any& any) {
  Detail detail;
  if (any.UnpackTo(&detail)) std::cerr << "  " << detail.GetTypeName() << " " << detail.ShortDebugString() << "\n";
}

// A google.rpc.Status, from a call's trailers or from an item of a stream.
void Report(const google::rpc::Status& status) {
  std::cerr << "code " << status.code() << ": " << status.message() << "\n";
  for (const auto& any : status.details()) {
    PrintIf<google::rpc::ErrorInfo>(any);
    PrintIf<google::rpc::BadRequest>(any);
    PrintIf<google::rpc::ResourceInfo>(any);
    PrintIf<google::rpc::RetryInfo>(any);
  }
}

bool Succeeded(const grpc::Status& status) {
  if (status.ok()) return true;
  google::rpc::Status details;
  if (status.error_details().empty() || !details.ParseFromString(status.error_details())) {
    details.set_code(status.error_code());
    details.set_message(status.error_message());
  }
  Report(details);
  return false;
}

bool ExplainStream(ExplainerService::Stub& stub, grpc::ClientContext& context, const std::vector<ExplainRequest>& requests,
                   const std::vector<std::string>& images) {
  auto stream = stub.ExplainStream(&context);
  // Answers are read while requests are written, and come in any order: the server stops reading where its answers are not read.
  std::thread writer([&] {
    ExplainStreamRequest item;
    for (size_t id = 0; id < requests.size(); id++) {
      item.set_id(std::to_string(id));
      *item.mutable_request() = requests[id];
      if (!stream->Write(item)) return;  // the call is over; Finish says why
    }
    stream->WritesDone();
  });
  bool succeeded = true;
  for (ExplainStreamResponse answer; stream->Read(&answer);) {
    if (answer.has_map()) Print(images.at(std::stoul(answer.id())), answer.map());
    if (answer.has_error()) {
      Report(answer.error());
      succeeded = false;
    }
  }
  writer.join();
  return Succeeded(stream->Finish()) && succeeded;
}

int main(int argc, char** argv) try {
  if (argc < 5) throw std::invalid_argument("usage: explain HOST:PORT models/ID TARGET IMAGE...");
  const std::string model = argv[2], target = argv[3];
  const std::vector<std::string> images(argv + 4, argv + argc);
  std::vector<ExplainRequest> requests;
  for (const auto& image : images) requests.push_back(Request(model, target, image));

  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLimit);
  arguments.SetMaxSendMessageSize(kLimit);
  auto stub = ExplainerService::NewStub(grpc::CreateCustomChannel(argv[1], grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));  // without one a call may wait for ever
  context.AddMetadata("cdam-model", model);  // with it the gateway knows the model's pool before the first message comes
  if (images.size() > 1) return ExplainStream(*stub, context, requests, images) ? 0 : 1;

  ExplainResponse response;
  if (!Succeeded(stub->Explain(&context, requests[0], &response))) return 1;
  Print(images[0], response.maps(0));
  return 0;
} catch (const std::exception& fault) {
  std::cerr << fault.what() << "\n";
  return 1;
}
