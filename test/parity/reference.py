"""The classic program on pictures, printed as onlooker analyze --reference --json prints it.

    python3 reference.py --models FOLDER PICTURE...
"""

import argparse
import json
import os

import cv2

CONFIDENCE = 0.7
PADDING = 20
FACE_MEAN = [104, 117, 123]
CROP_MEAN = (78.4263377603, 87.7689143744, 114.895847746)
AGES = ["(0-2)", "(4-6)", "(8-12)", "(15-20)", "(25-32)", "(38-43)", "(48-53)", "(60-100)"]
GENDERS = ["Male", "Female"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", required=True)
    parser.add_argument("pictures", nargs="+")
    options = parser.parse_args()
    read = lambda weights, definition: cv2.dnn.readNet(
        os.path.join(options.models, weights), os.path.join(options.models, definition)
    )
    detector = read("opencv_face_detector_uint8.pb", "opencv_face_detector.pbtxt")
    age = read("age_net.caffemodel", "age_net.prototxt")
    gender = read("gender_net.caffemodel", "gender_net.prototxt")
    for path in options.pictures:
        frame = cv2.imread(path)
        faces = [describe(frame, found, age, gender) for found in detect(detector, frame)]
        print(json.dumps({"file": path, "faces": faces}))


def detect(net, frame):
    height, width = frame.shape[:2]
    net.setInput(cv2.dnn.blobFromImage(frame, 1.0, (300, 300), FACE_MEAN, True, False))
    found = net.forward()
    for i in range(found.shape[2]):
        confidence = found[0, 0, i, 2]
        if confidence > CONFIDENCE:
            left, top = int(found[0, 0, i, 3] * width), int(found[0, 0, i, 4] * height)
            right, bottom = int(found[0, 0, i, 5] * width), int(found[0, 0, i, 6] * height)
            yield float(confidence), (left, top, right, bottom)


def describe(frame, found, age, gender):
    confidence, (left, top, right, bottom) = found
    crop = frame[
        max(0, top - PADDING) : min(bottom + PADDING, frame.shape[0] - 1),
        max(0, left - PADDING) : min(right + PADDING, frame.shape[1] - 1),
    ]
    blob = cv2.dnn.blobFromImage(crop, 1.0, (227, 227), CROP_MEAN, swapRB=False)
    return {
        "box": {"x": left, "y": top, "width": right - left, "height": bottom - top},
        "confidence": confidence,
        "age": answer(age, blob, AGES),
        "gender": answer(gender, blob, GENDERS),
    }


def answer(net, blob, classes):
    net.setInput(blob)
    probabilities = net.forward()[0]
    return {"class": classes[probabilities.argmax()], "probabilities": [float(p) for p in probabilities]}


main()
