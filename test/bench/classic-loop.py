"""The classic loop: every face of every frame through a 300×300 SSD and both Levi-Hassner nets."""

import argparse
import json
import time

import cv2

CONFIDENCE = 0.7
PADDING = 20
FACE_MEAN = (104, 117, 123)
CROP_MEAN = (78.4263377603, 87.7689143744, 114.895847746)


def main():
    options = parse_options()
    if options.threads > 0:
        cv2.setNumThreads(options.threads)
    detector = cv2.dnn.readNet(options.face, options.face_definition)
    age = cv2.dnn.readNet(options.age, options.age_definition)
    gender = cv2.dnn.readNet(options.gender, options.gender_definition)
    film = cv2.VideoCapture(options.film)
    began = frames = faces = 0
    while True:
        found, frame = film.read()
        if not found:
            break
        if frames == 1:
            began = time.process_time()
        frames += 1
        for box in detect(detector, frame):
            faces += 1
            crop = cv2.dnn.blobFromImage(padded(frame, box), 1.0, (227, 227), CROP_MEAN, swapRB=False)
            for net in (gender, age):
                net.setInput(crop)
                net.forward()[0].argmax()
    # The weights are made up, so there is no answer to count.
    genders = {"female": 0, "male": 0, "unknown": faces}
    seconds = time.process_time() - began
    print(json.dumps({"processorSeconds": seconds, "frames": frames, "faces": faces, "genders": genders}))


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--film", required=True)
    parser.add_argument("--threads", type=int, default=0, help="0 leaves it to OpenCV")
    for name in ("face", "age", "gender"):
        parser.add_argument(f"--{name}", required=True)
        parser.add_argument(f"--{name}-definition", required=True)
    return parser.parse_args()


def detect(net, frame):
    height, width = frame.shape[:2]
    net.setInput(cv2.dnn.blobFromImage(frame, 1.0, (300, 300), FACE_MEAN, swapRB=True, crop=False))
    found = net.forward()[0, 0]
    return [(row[3:7] * (width, height, width, height)).astype(int) for row in found if row[2] > CONFIDENCE]


def padded(frame, box):
    height, width = frame.shape[:2]
    left, top, right, bottom = box
    return frame[
        max(0, top - PADDING) : min(bottom + PADDING, height - 1),
        max(0, left - PADDING) : min(right + PADDING, width - 1),
    ]


main()
